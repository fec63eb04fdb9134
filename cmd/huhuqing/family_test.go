package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// family is a household of five, as a cadre tells of it. The ages fit the day the test runs.
type family struct {
	head, phone string
	ids         []string // of 张大有, 李秀英, 张小军, 王芳, 张小花
	answers     []answer
}

// answer is what the cadre says to a question, in turn when it is asked again: text, or #label for an option to tap.
type answer struct {
	question string // a pattern
	say      []string
}

const (
	illness  = "高血压"
	hospital = "镇卫生院"
	opening  = "入户 张大有 三组"
)

func newFamily() family {
	year := time.Now().In(time.FixedZone("CST", 8*3600)).Year()
	f := family{head: "张大有", phone: "13987651234"}
	for i, age := range []int{52, 50, 28, 27, 9} {
		seq := []int{711, 712, 713, 714, 716}[i] // odd for men, even for women
		f.ids = append(f.ids, idNumber(year-age, seq))
	}
	f.answers = []answer{
		{"哪一类", []string{"#一般贫困户（国家标准）"}},
		{"建档立卡|首次识别", []string{"2014年"}},
		{"脱贫没有", []string{"未脱贫"}},
		{"双女户？", []string{"#都不是"}},
		{"联系电话？", []string{f.phone}},
		{"家里都有谁", []string{"张大有 户主 男52，妻李秀英 50，儿张小军 28 在昆明务工9个月，儿媳王芳 27，孙女张小花 小学三年级"}},
		{"身份证号", []string{
			"张大有 " + f.ids[0] + "，李秀英 " + f.ids[1] + "，张小军 " + f.ids[2],
			"王芳 " + f.ids[3] + "，张小花 " + f.ids[4],
		}},
		{"什么民族|民族？", []string{"#都是汉族"}},
		{"读到哪里|文化程度", []string{"张大有初中，李秀英小学，张小军初中，王芳高中"}},
		{"哪个学校", []string{"大湾完小"}},
		{"身体怎么样", []string{"李秀英" + illness, "#其余都健康"}},
		{"签约医生？|在哪里看", []string{illness + " " + hospital + " 签约陈医生"}},
		{"照常理", []string{"#都对"}},
		{"在外务工？", []string{"#其余在家务农"}},
		{"各多少亩", []string{"耕地3亩半 灌溉1亩2 林地8亩 其余没有"}},
		{"主要种什么", []string{"猪2头 鸡15只，核桃15亩"}},
		{"带头人带动？", []string{"#都没有"}},
		{"危房等级？", []string{"96平 土木 C级"}},
		{"搬迁意愿？", []string{"镇村建中心 2018年8月 不愿意搬"}},
		{"吃水", []string{"#自来水，够吃干净"}},
		{"平时烧什么？", []string{"#都有，烧柴"}},
		{"入户路", []string{"#水泥路，就在路边"}},
		{"多少钱", []string{"务工1万8，卖猪6000，养老金2400", "其余没有"}},
		{"本钱", []string{"2400"}},
	}
	return f
}

// idNumber is a valid number of somebody born on 1 January (GB 11643: ISO 7064, mod 11-2).
func idNumber(year, seq int) string {
	body := fmt.Sprintf("530629%d0101%03d", year, seq)
	sum := 0
	for i, c := range body {
		sum += int(c-'0') * ((1 << (17 - i)) % 11)
	}
	return body + "10X98765432"[sum%11:sum%11+1]
}

// asking is the question that a reply ends with. One that nobody foresaw is skipped.
func (f family) asking(reply string) answer {
	a, at := answer{reply, []string{"跳过"}}, -1
	for _, candidate := range f.answers {
		found := regexp.MustCompile(candidate.question).FindAllStringIndex(reply, -1)
		if len(found) > 0 && found[len(found)-1][0] > at {
			a, at = candidate, found[len(found)-1][0]
		}
	}
	return a
}

// visit is a household on its way: what was asked how often, and the last reply.
type visit struct {
	family
	asked map[string]int
	reply string
}

// talker is somebody who chats, by whatever means.
type talker interface {
	// give says a text, or taps the option for #label, and returns what is read in answer.
	give(said string) string
}

// visit opens the household.
func (f family) visit(u talker) *visit {
	return &visit{family: f, asked: map[string]int{}, reply: u.give(opening)}
}

// next is the answer to the open question.
func (v *visit) next() string {
	a := v.asking(v.reply)
	n := v.asked[a.question]
	v.asked[a.question]++
	return a.say[min(n, len(a.say)-1)]
}

// answer answers n questions, or as many as there are before the confirm screen.
func (v *visit) answer(t *testing.T, u talker, n int) {
	t.Helper()
	for ; n > 0 && !strings.Contains(v.reply, "【核对】"); n-- {
		v.reply = u.give(v.next())
	}
}

// finish answers what is left and saves.
func (v *visit) finish(t *testing.T, u talker) {
	t.Helper()
	v.answer(t, u, 60)
	require.Contains(t, v.reply, "【核对】")
	v.reply = u.give("保存")
	require.Contains(t, v.reply, "已保存")
	require.Contains(t, v.reply, "5口人")
}

func (u phone) give(said string) string {
	u.t.Helper()
	label, tap := strings.CutPrefix(said, "#")
	chat := u.Chat()
	for _, o := range chat[len(chat)-1].Options() {
		if tap && o.Label == label {
			return u.read(u.TapOption(u.t.Context(), o))
		}
	}
	return u.say(label)
}

// record takes the household from 入户 to 保存.
func (f family) record(t *testing.T, u talker) {
	t.Helper()
	f.visit(u).finish(t, u)
}

// private is everything about the family that neither a row nor a log line may show.
func (f family) private() []string {
	return append([]string{f.phone, illness, hospital}, f.ids...)
}
