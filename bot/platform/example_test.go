package platform_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/huhuqing/huhuqing/bot/platform"
)

// A person follows an account and writes to it; the bot keeps silent, which
// is what `success` means.
func Example() {
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "success")
	}))
	defer bot.Close()

	p, err := platform.New(platform.Options{
		Callback: bot.URL, Token: "token", AppID: "wx1", Secret: "secret", OriginalID: "gh_1",
		Now: func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		panic(err)
	}
	defer p.Close()

	u := p.User("oAnn_0123456789abcdefghijklm")
	if _, err := u.Follow(context.Background(), ""); err != nil {
		panic(err)
	}
	answer, err := u.Say(context.Background(), "待办")
	fmt.Println(answer.Silent(), answer.Raw, err)
	// Output: true success <nil>
}
