package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Two cadres at one household are told of each other, and neither overwrites the other silently.
func TestTwoCadresAtOneHousehold(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.serve()
		hong, mei := w.cadre("李红", dawan), w.cadre("杨梅", dawan)
		newFamily().record(t, hong)

		hong.say(opening)
		hong.say("耕地4亩")
		require.Contains(t, mei.say(opening), "李红")
		mei.say("林地9亩")
		require.Contains(t, mei.say("保存"), "已保存")
		saved := hong.say("保存")
		require.Contains(t, saved, "林地9亩", "what the other changed is told")
		require.Contains(t, saved, "已保存")
		require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM conditions WHERE farm = 4 AND forest = 9"))

		hong.say(opening)
		hong.say("耕地6亩")
		mei.say(opening)
		mei.say("耕地7亩")
		require.Contains(t, mei.say("保存"), "已保存")
		clash := hong.say("保存")
		require.Contains(t, clash, "6亩")
		require.Contains(t, clash, "7亩")
		require.NotContains(t, clash, "已保存", "the one who comes second is asked")
		require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM conditions WHERE farm = 7"))
		require.Contains(t, hong.say("1"), "已保存")
		require.Equal(t, 1, w.count(t, "SELECT COUNT(*) FROM conditions WHERE farm = 6"))
		require.Contains(t, mei.say("历史 张大有"), "李红")
	})
}
