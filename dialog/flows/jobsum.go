package flows

import (
	"strings"

	"github.com/huhuqing/huhuqing/dialog/hear/progress"
)

func amountText(a progress.Amount) string { return strings.TrimSpace(a.Qty + " " + a.Unit) }

func amountOf(text string) progress.Amount {
	qty, unit, _ := strings.Cut(text, " ")
	return progress.Amount{Qty: qty, Unit: unit}
}

func encodeSums(sums []progress.Sum) string {
	var out []string
	for _, s := range sums {
		if s.Kind == progress.Owed {
			continue
		}
		out = append(out, strings.Join([]string{s.Kind, s.Amount, s.Share, sign(s.Approx), sign(s.Again)}, ":"))
	}
	return strings.Join(out, ";")
}

func sign(b bool) string {
	if b {
		return "1"
	}
	return ""
}

func decodeSums(text string) (out []progress.Sum) {
	for _, part := range strings.Split(text, ";") {
		if f := strings.Split(part, ":"); len(f) == 5 {
			out = append(out, progress.Sum{Kind: f[0], Amount: f[1], Share: f[2], Approx: f[3] != "", Again: f[4] != ""})
		}
	}
	return out
}

func encodeOutputs(outs []progress.Output) string {
	var out []string
	for _, o := range outs {
		out = append(out, strings.Join([]string{o.Indicator, o.Qty, o.Unit, sign(o.Approx)}, ":"))
	}
	return strings.Join(out, ";")
}

func decodeOutputs(text string) (out []progress.Output) {
	for _, part := range strings.Split(text, ";") {
		if f := strings.Split(part, ":"); len(f) == 4 {
			out = append(out, progress.Output{Indicator: f[0], Amount: progress.Amount{Qty: f[1], Unit: f[2]}, Approx: f[3] != ""})
		}
	}
	return out
}
