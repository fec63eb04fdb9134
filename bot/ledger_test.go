package bot_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

func TestWhatOpensAWindow(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]models.Trigger{
		"": models.TriggerMessage, "CLICK": models.TriggerClick, "scancode_push": models.TriggerClick, "scancode_waitmsg": models.TriggerClick,
		"subscribe": models.TriggerFollow, "SCAN": models.TriggerFollow, "VIEW": "", "unsubscribe": "", "LOCATION": "", "TEMPLATESENDJOBFINISH": "",
		"subscribe_msg_popup_event": "", "pic_weixin": "",
	} {
		m := bot.Message{Type: "event", Event: event}
		if event == "" {
			m.Type = "voice"
		}
		require.Equal(t, want, m.Trigger(), event)
	}
}
