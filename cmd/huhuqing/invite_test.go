package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// Invites are single-use, expire, can be scanned, and are not to be guessed.
func TestInvites(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.serve()
		t.Run("open the door once", func(t *testing.T) {
			code := w.person("李红", "village", dawan, "--groups", "三组,四组")
			first, second := w.stranger(), w.stranger()
			require.Contains(t, first.say("帮助"), "绑定", "a stranger is led to it")
			require.NotContains(t, first.say("查 张大有"), "没有找到", "and sees nothing else")
			bound := first.say("绑定 " + strings.ToLower(code[:5]) + "-" + strings.ToLower(code[5:]))
			require.Contains(t, bound, "李红，大湾村，村干部（三组、四组）")
			require.Contains(t, second.say("绑定"+code), "用过")
			require.Contains(t, second.say("查 张大有"), "绑定")
			require.Contains(t, first.say("绑定 "+code), "已经绑定")
		})
		t.Run("expire", func(t *testing.T) {
			late := w.stranger()
			code := w.person("杨梅", "village", dawan)
			w.exec(t, "UPDATE invites SET expires_at = ? WHERE used_at IS NULL", time.Now().UTC().Add(-time.Minute))
			require.Contains(t, late.say("绑定 "+code), "过期")
			require.Contains(t, late.say("查 张大有"), "绑定")
		})
		t.Run("can be scanned", func(t *testing.T) {
			code := w.person("岩叫", "village", shikan)
			u := phone{t, w.wechat.User(newOpenID())}
			require.Contains(t, u.read(u.Scan(t.Context(), code)), "岩叫", "subscribe with qrscene_")
			follower := w.stranger()
			code = w.person("玉香", "village", shikan)
			require.Contains(t, follower.read(follower.Scan(t.Context(), code)), "玉香", "SCAN of somebody who follows")
		})
		t.Run("are not guessed", func(t *testing.T) {
			code := w.person("赵明", "township", township)
			guesser, owner := w.stranger(), w.stranger()
			for _, guess := range []string{"AAAAA22222", "BBBBB22222", "CCCCC22222", "DDDDD22222", "EEEEE22222"} {
				require.Contains(t, guesser.say("绑定 "+guess), "不对")
			}
			require.Contains(t, guesser.say("绑定 FFFFF22222"), "次数太多")
			require.Contains(t, guesser.say("绑定 "+code), "次数太多", "not even the right one")
			require.Contains(t, owner.say("绑定 "+code), "赵明", "others are not slowed")
		})
	})
}

// 解绑, and leaving the account, remove what is kept of the person's WeChat: binding, session, drafts.
func TestLeavingClosesTheDoor(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.serve()
		for name, leave := range map[string]func(u phone){
			"by 解绑": func(u phone) {
				require.Contains(t, u.say("解绑"), "确定")
				require.Contains(t, u.say("确定解绑"), "已解绑")
			},
			"by unfollowing": func(u phone) { u.read(u.Unfollow(t.Context())); u.read(u.Follow(t.Context(), "")) },
		} {
			u := w.cadre("李红", dawan)
			v := newFamily().visit(u)
			v.answer(t, u, 4)
			require.Contains(t, u.say("暂停"), "已存好")
			require.Contains(t, u.say("入户 王老五 四组"), "王老五")
			require.Positive(t, w.rowsOf(t, u))
			leave(u)
			require.Zero(t, w.count(t, "SELECT COUNT(*) FROM bindings WHERE user = ?", u.OpenID()), name)
			require.Zero(t, w.count(t, "SELECT COUNT(*) FROM drafts WHERE user = ? AND (thing <> '' OR person_id <> '')", u.OpenID()), name)
			require.Contains(t, u.say("继续"), "绑定", name)
			require.Contains(t, u.say("查 张大有"), "绑定", name)
			require.Contains(t, u.say("绑定 "+w.person("李红", "village", dawan)), "李红", name)
			require.Contains(t, u.say("继续"), "没有放着没填完的户", name)
		}
		u := w.cadre("杨梅", dawan)
		u.say(opening)
		u.read(u.Unfollow(t.Context()))
		w.onlyItsOwnTurnIsLeft(t, u)
	})
}

// rowsOf is how many rows hold the WeChat user.
func (w *world) rowsOf(t *testing.T, u phone) int {
	t.Helper()
	n := 0
	for _, table := range []string{"bindings", "drafts", "turns", "bind_failures"} {
		n += w.count(t, "SELECT COUNT(*) FROM "+table+" WHERE user = ?", u.OpenID())
	}
	return n
}

// onlyItsOwnTurnIsLeft: nothing of somebody who left but the key of the message that said so, which a retry needs.
func (w *world) onlyItsOwnTurnIsLeft(t *testing.T, u phone) {
	t.Helper()
	require.LessOrEqual(t, w.rowsOf(t, u), 1)
	require.Empty(t, w.column(t, "SELECT turn_key FROM turns WHERE user = ? AND turn_key NOT LIKE '%unsubscribe%'", u.OpenID()))
	last := w.wechat.RecordOf(u.OpenID())
	require.Equal(t, platform.EntryPush, last[len(last)-1].Kind, "and nothing is sent to them")
}
