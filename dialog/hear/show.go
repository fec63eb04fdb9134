package hear

import (
	"strconv"
	"strings"

	"github.com/huhuqing/huhuqing/models"
)

// units are what stands after the number of a kind.
var units = map[models.Kind]string{
	models.KindMoney: "元", models.KindArea: "亩", models.KindFloor: "㎡", models.KindKm: "公里",
	models.KindMonths: "个月", models.KindYear: "年",
}

// Show is the value of a field in words, with its unit: "3.5亩", "男",
// "长期慢性病、残疾", "猪2头、鸡15只". Unknown ("") stays empty.
func (r *Reader) Show(path, value string) string {
	f := fieldOf(path)
	if f == nil || value == "" {
		return value
	}
	switch f.Kind {
	case models.KindCode:
		return r.profile.Label(f.Codes, value)
	case models.KindCodes:
		var out []string
		for _, v := range strings.Split(value, ",") {
			if f.Codes != "" {
				v = r.profile.Label(f.Codes, v)
			}
			out = append(out, v)
		}
		return strings.Join(out, r.words["list"])
	case models.KindYesNo:
		return r.words[value]
	case models.KindStock:
		return r.showStock(value)
	case models.KindIndustries:
		if value == "none" {
			return r.words["none"]
		}
		return strings.ReplaceAll(value, ",", r.words["list"])
	case models.KindDate:
		return r.showDate(value)
	}
	return value + units[f.Kind]
}

func (r *Reader) showStock(value string) string {
	if value == "none" {
		return r.words["none"]
	}
	var out []string
	for _, part := range strings.Split(value, ",") {
		key, n, _ := strings.Cut(part, ":")
		unit := ""
		if it := r.profile.Item("species", key); it != nil {
			unit = it.More["unit"]
		}
		out = append(out, r.profile.Label("species", key)+n+unit)
	}
	return strings.Join(out, r.words["list"])
}

// showDate is 2018年10月31日, as far as the date is known.
func (r *Reader) showDate(value string) string {
	parts := strings.Split(value, "-")
	out := ""
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || i > 2 {
			return value
		}
		out += strconv.Itoa(n) + []string{"年", "月", "日"}[i]
	}
	return out
}

// Say is Show with the field's label before it: "耕地3.5亩".
func (r *Reader) Say(path, value string) string {
	f := fieldOf(path)
	if f == nil {
		return value
	}
	shown := r.Show(path, value)
	if shown == "" || f.Kind == models.KindYesNo || !startsWithDigit(shown) {
		return f.Label + r.words["colon"] + shown
	}
	return f.Label + shown
}

func startsWithDigit(s string) bool { return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '-') }
