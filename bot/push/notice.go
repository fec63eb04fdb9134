package push

import (
	"context"
	"strings"
	"time"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/models"
)

// Notice takes the events that tell of sends and of subscriptions; bot.Service hands
// them on. Others pass. An event may come several times and in any order.
func (c *Courier) Notice(ctx context.Context, m bot.Message) error {
	switch strings.ToLower(m.Event) {
	case "templatesendjobfinish":
		r := models.PushReport{MsgID: m.ID, Channel: models.PushTemplate, User: m.From, At: c.o.Now()}
		r.State, r.Code = templateOutcome(m.Field("Status"))
		return c.report(ctx, r)
	case "subscribe_msg_sent_event":
		return c.each(rows(m, "SubscribeMsgSentEvent/List/"), func(row map[string]string) error {
			r := models.PushReport{MsgID: row["MsgID"], Channel: models.PushSubscribe, User: m.From, At: c.o.Now()}
			r.State, r.Code = models.PushDelivered, ""
			if row["ErrorCode"] != "0" {
				r.State, r.Code = models.PushRefused, bot.Clean(row["ErrorCode"], 16)
			}
			return c.report(ctx, r)
		})
	case "subscribe_msg_popup_event":
		return c.grant(ctx, m, "SubscribeMsgPopupEvent/List/", false)
	case "subscribe_msg_change_event":
		return c.grant(ctx, m, "SubscribeMsgChangeEvent/List/", true)
	}
	return nil
}

// templateOutcome reads the Status of an outcome event (wechat.md §1.8). What the
// platform itself failed at is worth another try; a person who has switched template
// messages off is not.
func templateOutcome(status string) (models.PushState, string) {
	status = strings.ReplaceAll(strings.ToLower(status), " ", "")
	switch {
	case status == "success":
		return models.PushDelivered, ""
	case strings.Contains(status, "userblock"):
		return models.PushRefused, "user_block"
	case strings.Contains(status, "systemfailed"):
		return models.PushWaiting, "system_failed"
	case strings.Contains(status, "freqlimit"):
		return models.PushWaiting, "freq_limit"
	}
	return models.PushFailed, "outcome"
}

// report writes a report down, patiently: it does not come a second time.
func (c *Courier) report(ctx context.Context, r models.PushReport) error {
	if r.MsgID == "" || len(r.MsgID) > 24 {
		return nil // of nothing we could look for
	}
	retry := c.o.Now().Add(scatter(c.o.Pace.Retry))
	if r.Code == "freq_limit" {
		retry = c.o.Now().Add(frequentFor)
	}
	for try := 0; ; try++ {
		err := c.o.Rows.Report(ctx, r, retry)
		if err == nil {
			c.o.Metrics.Pushed("report", string(r.Channel), string(r.State))
			if r.Code == "user_block" {
				return c.o.Rows.Stop(ctx, models.PushStop{User: r.User, Channel: r.Channel, Code: r.Code, Until: c.o.Now().Add(saidNoFor)})
			}
			return nil
		}
		if models.CodeOf(err) != models.Unavailable || bot.Pause(ctx, 500*time.Millisecond<<min(try, 3)) != nil {
			return err
		}
	}
}

// grant counts what somebody allowed, refused or took back. changed is for the
// event of WeChat's settings, where only the taking back is told.
func (c *Courier) grant(ctx context.Context, m bot.Message, prefix string, changed bool) error {
	var answers []models.GrantAnswer
	for _, row := range rows(m, prefix) {
		accept := row["SubscribeStatusString"] == "accept"
		if id := row["TemplateId"]; id != "" && len(id) <= 64 {
			answers = append(answers, models.GrantAnswer{
				User: m.From, Template: id, Accept: accept, All: changed && !accept, Key: m.Key(),
			})
		}
	}
	if len(answers) == 0 {
		return nil
	}
	return c.o.Rows.Grant(ctx, answers)
}

func (c *Courier) each(list []map[string]string, do func(map[string]string) error) error {
	for _, row := range list {
		if err := do(row); err != nil {
			return err
		}
	}
	return nil
}

// rows are the List elements of an event. Each names its fields once, so a name that
// comes again begins the next.
func rows(m bot.Message, prefix string) []map[string]string {
	var out []map[string]string
	for _, f := range m.Fields {
		name, ours := strings.CutPrefix(f.Name, prefix)
		if !ours {
			continue
		}
		if len(out) == 0 || out[len(out)-1][name] != "" {
			out = append(out, map[string]string{})
		}
		out[len(out)-1][name] = f.Value
	}
	return out
}
