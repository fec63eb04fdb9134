package platform

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFiftyQuickMessagesGetTheirOwnAnswers(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	u := w.follower(ann)
	var all sync.WaitGroup
	answers := make([]Answer, 50)
	for i := range answers {
		all.Go(func() { answers[i], _ = u.Say(t.Context(), fmt.Sprint("第", i, "句")) })
	}
	all.Wait()
	for i, got := range answers {
		require.Equal(t, fmt.Sprint("你说：第", i, "句"), got.Text)
	}
}

func TestABulkOfTemplatesIsSettled(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	token, people := w.token(), 40
	for i := range people {
		w.follower(fmt.Sprintf("oBulk_%024d", i))
	}
	for i := range people * 20 {
		body := template(fmt.Sprintf("oBulk_%024d", i%people), "due", "", map[string]string{"thing1": "x"})
		body["client_msg_id"] = fmt.Sprint("r-", i/people)
		require.Zero(t, code(w.call(templatePath+"?access_token="+token, body)))
	}
	require.NoError(t, w.Settle(t.Context()))
	require.Len(t, w.pushes(jobFinish), people*20)
	require.Len(t, w.User(fmt.Sprintf("oBulk_%024d", 7)).Unread().Parts, 20)
}
