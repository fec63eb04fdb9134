package platform

import "time"

// window is what the account may still send by the customer-service API.
// Quotas do not add up: the newest trigger sets count and time
// (wechat.md §1.7).
type window struct {
	Left  int       `json:"left"`
	Until time.Time `json:"until"`
}

// The triggers of wechat.md §1.7.
const (
	messageQuota  = 5
	messageWindow = 48 * time.Hour
	actionQuota   = 3 // menu click, follow, scan, tap in a msgmenu
	actionWindow  = time.Minute
)

// trigger is what a person did, as the window that it opens.
type trigger func(now time.Time) window

func messageTrigger(now time.Time) window {
	return window{Left: messageQuota, Until: now.Add(messageWindow)}
}

func actionTrigger(now time.Time) window {
	return window{Left: actionQuota, Until: now.Add(actionWindow)}
}

// spend takes one message from the window or says why there is none.
func (w *window) spend(now time.Time) *apiError {
	if !now.Before(w.Until) {
		return fail(45015)
	}
	if w.Left <= 0 {
		return fail(45047)
	}
	w.Left--
	return nil
}
