package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/huhuqing/huhuqing/bot"
)

// fetchToken asks for the stable token: every caller gets the same one, and
// asking does not kill it. force_refresh, which does, is never used (wechat.md
// §1.12). An answer without a token is an error, even `{}`.
func (c *client) fetchToken(ctx context.Context) (string, time.Duration, error) {
	body := map[string]any{
		"grant_type": "client_credential", "appid": c.o.AppID, "secret": c.o.Secret, "force_refresh": false,
	}
	r := request{name: "stable_token", path: "/cgi-bin/stable_token"}
	res, failure := c.exchange(ctx, r.path, body, maxAnswer)
	c.count(r, failure)
	if failure != nil {
		return "", 0, failure
	}
	var answer struct {
		Token string `json:"access_token"`
		Life  int64  `json:"expires_in"` // seconds
	}
	if err := json.Unmarshal(res.body, &answer); err != nil || answer.Token == "" {
		return "", 0, &bot.SendError{Class: bot.SendRetry, Err: errors.New("answer without an access token")}
	}
	life := min(max(answer.Life, 0), int64(maxTokenAge/time.Second))
	return answer.Token, time.Duration(life) * time.Second, nil
}
