package wechat

import (
	"regexp"
	"slices"
	"time"

	"github.com/huhuqing/huhuqing/bot"
)

// classes are the error codes that are no bug of ours (wechat.md §1.13). A
// code that is not listed is one: repeating an unknown refusal helps nobody.
var classes = map[bot.SendClass][]int{
	bot.SendRetry:    {-1, 45011},
	bot.SendNewToken: {40001, 40014, 42001},
	bot.SendStopAll:  {45009, 48006, 40164, 40125, 40243, 48004, 50002},
	bot.SendStopUser: {40003, 43004, 50005, 43019, 43101, 45015, 45047, 43117},
}

func classOf(code int) bot.SendClass {
	for class, codes := range classes {
		if slices.Contains(codes, code) {
			return class
		}
	}
	return bot.SendOurBug
}

var ridPattern = regexp.MustCompile(`rid:\s*([0-9A-Za-z-]{1,64})`)

// apiError is an errcode as an error. Of the message only the rid is kept: the
// rest may quote what was sent.
func apiError(code int, message string) *bot.SendError {
	e := &bot.SendError{Code: code, Class: classOf(code)}
	if match := ridPattern.FindStringSubmatch(message); match != nil {
		e.Rid = match[1]
	}
	return e
}

// stopFor is how long nothing is sent after a code of class stop_all. Quotas
// come back at midnight, Beijing time; what an operator must put right (the
// address whitelist, a frozen secret) is tried once a minute.
func stopFor(code int, now time.Time) time.Time {
	if !quotaCode(code) {
		return now.Add(time.Minute)
	}
	day := now.In(time.FixedZone("CST", 8*3600))
	return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 30, 0, day.Location())
}

// quotaCode holds for a used-up daily quota, which is of one call only.
func quotaCode(code int) bool { return code == 45009 || code == 48006 }
