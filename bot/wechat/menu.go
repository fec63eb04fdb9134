package wechat

import (
	"context"
	"errors"
	"fmt"

	"github.com/silenceper/wechat/v2/officialaccount/menu"

	"github.com/huhuqing/huhuqing/bot"
)

// Bounds of the menu bar (wechat.md §1.11), in bytes.
const (
	maxButtons    = 3
	maxSubButtons = 5
	maxName       = 16
	maxSubName    = 60
	maxMenuKey    = 128
	maxMenuURL    = 1024
)

// PushMenu sets the account's menu bar; clients show it within five minutes.
// A menu that the platform would refuse is an error before anything is sent,
// with all that is wrong.
func (a *Account) PushMenu(ctx context.Context, buttons []bot.Button) error {
	if err := checkMenu(buttons); err != nil {
		return fmt.Errorf("menu: %w", err)
	}
	body := struct {
		Buttons []*menu.Button `json:"button"`
	}{wireButtons(buttons)}
	return a.client.call(ctx, request{name: "menu", path: "/cgi-bin/menu/create", body: body, repeatable: true}, nil)
}

// Menu is the menu bar as it is set now; none is no error.
func (a *Account) Menu(ctx context.Context) ([]bot.Button, error) {
	var answer struct {
		Menu struct {
			Buttons []*menu.Button `json:"button"`
		} `json:"menu"`
	}
	err := a.client.call(ctx, request{name: "menu", path: "/cgi-bin/menu/get", repeatable: true}, &answer)
	var failure *bot.SendError
	if errors.As(err, &failure) && failure.Code == noMenu {
		return nil, nil
	}
	return ownButtons(answer.Menu.Buttons), err
}

const noMenu = 46003 // errcode: the account has no menu

func wireButtons(buttons []bot.Button) []*menu.Button {
	var wire []*menu.Button
	for _, b := range buttons {
		w := new(menu.Button)
		switch {
		case len(b.Sub) > 0:
			w.SetSubButton(b.Name, wireButtons(b.Sub))
		case b.URL != "":
			w.SetViewButton(b.Name, b.URL)
		case b.Scan:
			w.SetScanCodeWaitMsgButton(b.Name, b.Key)
		default:
			w.SetClickButton(b.Name, b.Key)
		}
		wire = append(wire, w)
	}
	return wire
}

func ownButtons(wire []*menu.Button) []bot.Button {
	var buttons []bot.Button
	for _, w := range wire {
		buttons = append(buttons, bot.Button{
			Name: w.Name, Key: w.Key, URL: w.URL, Scan: w.Type == "scancode_waitmsg", Sub: ownButtons(w.SubButtons),
		})
	}
	return buttons
}

func checkMenu(buttons []bot.Button) error {
	var errs []error
	if n := len(buttons); n < 1 || n > maxButtons {
		errs = append(errs, fmt.Errorf("%d buttons: want 1 to %d", n, maxButtons))
	}
	for _, b := range buttons {
		if len(b.Sub) == 0 {
			errs = append(errs, checkButton(b, maxName))
			continue
		}
		if len(b.Sub) > maxSubButtons || b.Name == "" || len(b.Name) > maxName {
			errs = append(errs, fmt.Errorf("%q: want a name of 1 to %d bytes and 1 to %d buttons", b.Name, maxName, maxSubButtons))
		}
		for _, sub := range b.Sub {
			errs = append(errs, checkButton(sub, maxSubName))
		}
	}
	return errors.Join(errs...)
}

func checkButton(b bot.Button, nameLimit int) error {
	switch {
	case b.Name == "" || len(b.Name) > nameLimit:
		return fmt.Errorf("%q: want a name of 1 to %d bytes", b.Name, nameLimit)
	case (b.Key == "") == (b.URL == ""):
		return fmt.Errorf("%q: want either a word or a page", b.Name)
	case len(b.Key) > maxMenuKey || len(b.URL) > maxMenuURL:
		return fmt.Errorf("%q: word over %d or page over %d bytes", b.Name, maxMenuKey, maxMenuURL)
	}
	return nil
}
