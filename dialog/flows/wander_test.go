package flows_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/dialog"
)

// what people may send at any moment, sense or nonsense.
var anything = []string{
	"1", "2", "3", "9", "0", "1 3", "１", "一", "是", "不是", "没有", "都没有", "都健康", "其余没有", "上一步", "跳过", "暂停", "继续", "取消",
	"撤回", "帮助", "改 1", "改 3", "改 99", "改 耕地 4亩", "改 电话 13912345678", "改", "核对", "保存", "不要了，全部作废", "接着填", "先放着",
	"入户 张大有 三组", "入户 岩温龙", "入户", "查 张大有", "查 zdy", "查 三组", "查 0016", "查", "下一页", "历史", "历史 张大有", "六清 张大有",
	"家底", "成员", "收入", "住房", "土地", "拍照", "记 张大有家 耕地3亩半", "加 女儿小红 5岁", "删 小红", "反馈 太麻烦了", "你好", "谢谢", "绑定 ABCDEFGHJK",
	"张大有 户主 男52，妻李秀英 50，儿张小军 28 昆明务工9个月，孙女小花 小学三年级", "耕地3亩半 灌溉1亩2 林地8亩", "七八亩", "猪2头 鸡15只，核桃15亩",
	"张大有 53990119660303001X", "539901196603030018", "都是傣族", "初中", "小学三年级", "96平 土木 C级", "自来水", "务工1万8 卖猪6000", "2400",
	"李秀英 去年嫁到弥勒", "张大有家差哪样", "明天再来", "哈哈哈", "？？？", "", "   ", "家庭医生李医生", "高血压 乡卫生院", "肢体二级", "2014年", "三组",
	"镇村建中心 2018年8月", "愿意", "不愿意", "999999999999999999", "-1", "3.5 1.2 8 0 0 0 0", "<a href=x>y</a>", "𠮷大有",
}

// TestWanderersAreNeverTrapped sends random messages and events for a long
// time: no turn fails, every reply says something, and at the end 取消 and 入户
// still work.
func TestWanderersAreNeverTrapped(t *testing.T) {
	for seed := range uint64(6) {
		s := newStage(t)
		s.who = "王建国"
		rng := rand.New(rand.NewPCG(seed, 7))
		for range 250 {
			in := dialog.Input{Kind: dialog.InputText, Text: anything[rng.IntN(len(anything))]}
			switch rng.IntN(40) {
			case 0:
				in = dialog.Input{Kind: dialog.InputPhoto, Media: "media"}
			case 1:
				in = dialog.Input{Kind: dialog.InputPlace, Place: &dialog.Place{Lat: 22, Lng: 100, Label: "大水井"}}
			case 2:
				in = dialog.Input{Kind: dialog.InputVoice, Media: "voice"}
			case 3, 4, 5, 6, 7, 8, 9, 10: // tap something that is on the screen
				if opts := s.tappable(); len(opts) > 0 {
					in.Text = opts[rng.IntN(len(opts))]
				}
			}
			s.take(in)
			require.NotEmpty(t, s.reply, "seed %d: %q", seed, in.Text)
		}
		s.say("取消")
		s.say("不要了，全部作废")
		s.say("入户 杨新民 五组")
		require.Contains(t, s.reply, "杨新民", "seed %d", seed)
	}
}

func (s *stage) say(text string) { s.take(dialog.Input{Kind: dialog.InputText, Text: text}) }

// tappable are the texts that taps on the last reply would send.
func (s *stage) tappable() []string {
	var out []string
	for r := &s.last; r != nil; r = r.Then {
		for _, o := range r.Options {
			if o.Say != "" {
				out = append(out, o.Say)
			} else {
				out = append(out, o.Label)
			}
		}
	}
	return out
}
