package plan

import "testing"

// BenchmarkTypical holds the cost of a usual sentence, about 50 µs, and of one
// that finishes a whole part in a breath: 200 µs at most.
func BenchmarkTypical(b *testing.B) {
	r, c := reader(b), village2018()
	for name, text := range map[string][2]string{
		"measure": {"measure", "危改D 2.1万 住建 10月完"},
		"fund":    {"fund", "18年沪滇2万 自筹3千；19年整合1万"},
		"duty":    {"duty", "村上王建国，乡上农科站小杨，县上农业局刘副局长"},
		"cause":   {"cause", "主要是因病，次要缺技术"},
		"breath":  {"measure", "养能繁母牛2头，明年五月底前买回来，他自己要养，18年沪滇2万自筹3千，19年出栏1头增收8千"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				switch text[0] {
				case "measure":
					r.Measures(text[1], c)
				case "fund":
					r.Funds(text[1], c)
				case "duty":
					r.Duties(text[1], c)
				default:
					r.Causes(text[1], c)
				}
			}
		})
	}
}
