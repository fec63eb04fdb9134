package wechat

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/huhuqing/huhuqing/bot"
)

func TestRender(t *testing.T) {
	t.Parallel()
	a := setup(t)
	const link = `<a href="weixin://bizmsgmenu?msgmenucontent=%s&msgmenuid=%s">%s</a>`
	for name, c := range map[string]struct {
		reply bot.Reply
		want  string
	}{
		"text": {bot.Reply{Text: "户主姓名？"}, "户主姓名？"},
		"text, options, foot": {
			bot.Reply{Text: "水？", Options: []bot.Option{{Number: 1, Label: "自来水"}, {Number: 2, Label: "井水", Say: "水 井水"}}, Foot: "已答9，最多还有6题"},
			"水？\n1 " + fmt.Sprintf(link, "自来水", "1", "自来水") + "\n2 " + fmt.Sprintf(link, "水%20井水", "2", "井水") + "\n已答9，最多还有6题"},
		"option without a number": {
			bot.Reply{Options: []bot.Option{{Label: "跳过"}}}, fmt.Sprintf(link, "跳过", "0", "跳过")},
		"everything that must be encoded": {
			bot.Reply{Options: []bot.Option{{Number: 3, Label: "a<b>&c", Say: `&=%+#"<> 户`}}},
			"3 " + fmt.Sprintf(link, "%26%3D%25%2B%23%22%3C%3E%20户", "3", "a＜b＞&c")},
		"marks in text": {bot.Reply{Text: "收入<3000 & 支出>1000"}, "收入<3000 & 支出>1000"},
		"a link that somebody wrote into a record": {
			bot.Reply{Text: `<a href="weixin://bizmsgmenu?msgmenucontent=取消&msgmenuid=1">看</a>`},
			`＜a href="weixin://bizmsgmenu?msgmenucontent=取消&msgmenuid=1">看＜/a>`},
		"a label of several lines": {bot.Reply{Options: []bot.Option{{Number: 1, Label: "是\n的", Say: "是"}}}, "1 " + fmt.Sprintf(link, "是", "1", "是 的")},
		"an option that says too much": {
			bot.Reply{Options: []bot.Option{{Number: 1, Label: "长", Say: strings.Repeat(" ", 300)}}}, "1 长"},
		"an option that says nothing": {bot.Reply{Text: "a", Options: []bot.Option{{Number: 1}}}, "a"},
		"the open question after a look-up": {
			bot.Reply{Text: "张大有 三组", Then: &bot.Reply{Text: "耕地几亩？", Foot: "已答1"}}, "张大有 三组\n\n耕地几亩？\n已答1"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, []string{c.want}, a.render(c.reply))
		})
	}
	t.Run("nothing to say", func(t *testing.T) {
		for _, r := range []bot.Reply{{}, {Text: "\u0002"}, {Text: " \n"}, {Then: &bot.Reply{}}} {
			require.Empty(t, a.render(r))
		}
	})
	t.Run("what a tap sends is what was meant", func(t *testing.T) {
		say := `改 3 50%+"a"=<b>&#`
		u, err := url.ParseQuery(strings.ReplaceAll("m="+encodeSay(say), ";", "%3B"))
		require.NoError(t, err)
		require.Equal(t, say, u.Get("m"))
	})
}

func TestSplitChinese(t *testing.T) {
	t.Parallel()
	a := setup(t)
	parts := a.render(bot.Reply{Text: strings.Repeat("户", 1000)})
	require.Len(t, parts, 2)
	requireParts(t, a, parts, strings.Repeat("户", 1000))
	require.Len(t, a.render(bot.Reply{Text: strings.Repeat("户", 600)}), 1, "1800 bytes fit")
	require.Len(t, a.render(bot.Reply{Text: strings.Repeat("户", 601)}), 2)
}

func TestSplitAtSentences(t *testing.T) {
	t.Parallel()
	a := setup(t)
	sentence := "张大有家有四口人，两个劳动力，今年要参加培训。"
	parts := a.render(bot.Reply{Text: strings.Repeat(sentence, 60)})
	requireParts(t, a, parts, strings.Repeat(sentence, 60))
	for _, p := range parts[:len(parts)-1] {
		require.True(t, strings.HasSuffix(p, "。\n"+a.texts.More))
	}
	lines := strings.Repeat("三组 张大有 4人 C级\n", 100)
	for _, p := range a.render(bot.Reply{Text: lines})[:1] {
		require.True(t, strings.HasSuffix(p, "C级\n"+a.texts.More))
	}
}

func TestSplitNeverInsideALink(t *testing.T) {
	t.Parallel()
	a := setup(t)
	whole := regexp.MustCompile(`^(\d+ <a href="[^"<>]+">[^<>]+</a>)$`)
	for labels := 1; labels < 80; labels += 7 {
		var options []bot.Option
		for i := range 40 {
			options = append(options, bot.Option{Number: i + 1, Label: strings.Repeat("标", labels), Say: strings.Repeat("说", labels)})
		}
		for _, part := range a.render(bot.Reply{Text: strings.Repeat("题", labels*5), Options: options}) {
			require.LessOrEqual(t, len(part), maxPart)
			for _, line := range strings.Split(part, "\n") {
				if strings.Contains(line, "weixin") || strings.Contains(line, "</a>") {
					require.Regexp(t, whole, line)
				}
			}
		}
	}
}

func TestTooLongForAllPartsSaysSo(t *testing.T) {
	t.Parallel()
	a := setup(t)
	parts := a.render(bot.Reply{Text: strings.Repeat("户", 5000)})
	require.Len(t, parts, maxParts)
	require.True(t, strings.HasSuffix(parts[maxParts-1], a.texts.Cut))
	for _, p := range parts {
		require.LessOrEqual(t, len(p), maxPart)
	}
}

// requireParts checks that parts are short enough and make up text.
func requireParts(t *testing.T, a bundle, parts []string, text string) {
	t.Helper()
	var joined strings.Builder
	for i, p := range parts {
		require.LessOrEqual(t, len(p), maxPart)
		require.True(t, utf8.ValidString(p))
		if i < len(parts)-1 {
			require.True(t, strings.HasSuffix(p, "\n"+a.texts.More))
			p = strings.TrimSuffix(p, "\n"+a.texts.More)
		}
		joined.WriteString(p)
	}
	require.Equal(t, text, joined.String())
}

func FuzzSplit(f *testing.F) {
	f.Add(strings.Repeat("户", 1000))
	f.Add(strings.Repeat("一句。", 700) + "\n" + strings.Repeat("a <a b", 300))
	f.Add(strings.Repeat(" \n", 2000))
	f.Fuzz(func(t *testing.T, text string) {
		text = bot.Clean(text, len(text))
		text = strings.Trim(text, " \n\t")
		parts := split(text, "（more）", "（cut）")
		blanks := strings.NewReplacer(" ", "", "\n", "", "\t", "", "（more）", "", "（cut）", "")
		var joined string
		for _, p := range parts {
			require.LessOrEqual(t, len(p), maxPart)
			require.True(t, utf8.ValidString(p))
			require.NotEmpty(t, p)
			joined += p
		}
		require.LessOrEqual(t, len(parts), maxParts)
		require.True(t, strings.HasPrefix(blanks.Replace(text), blanks.Replace(joined)))
	})
}
