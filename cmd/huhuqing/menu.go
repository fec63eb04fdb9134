package main

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"

	"github.com/huhuqing/huhuqing/bot"
	"github.com/huhuqing/huhuqing/config"
)

// menuCmd is `huhuqing menu`.
type menuCmd struct {
	Push menuPush `cmd:"" help:"${menu_push}"`
}

// menuPush sets the account's menu bar.
type menuPush struct{}

// Run replaces the menu; clients show it within five minutes.
func (menuPush) Run(ctx context.Context, p program, flags config.Flags) error {
	cfg, err := config.Load(config.Serve, p.Environ, flags)
	if err != nil {
		return err
	}
	a, err := newApp(ctx, cfg, logger(p, cfg), p.time())
	if err != nil {
		return err
	}
	defer a.close(ctx)
	buttons, err := menuButtons()
	if err != nil {
		return err
	}
	if err := a.account.PushMenu(ctx, buttons); err != nil {
		return fmt.Errorf("%s (%w)", say("menu_failed"), err)
	}
	_, err = fmt.Fprintln(p.Out, say("menu_done"))
	return err
}

//go:embed menu.zh.yaml
var menuFile []byte

// menuButtons is the menu bar; a key is the word it says.
func menuButtons() ([]bot.Button, error) {
	var rows []struct {
		Name string `yaml:"name"`
		Key  string `yaml:"key"`
		Sub  []struct {
			Name string `yaml:"name"`
			Key  string `yaml:"key"`
		} `yaml:"sub"`
	}
	if err := yaml.UnmarshalWithOptions(menuFile, &rows, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("menu.zh.yaml: %w", err)
	}
	var out []bot.Button
	for _, r := range rows {
		b := bot.Button{Name: r.Name, Key: r.Key}
		for _, s := range r.Sub {
			b.Sub = append(b.Sub, bot.Button{Name: s.Name, Key: s.Key})
		}
		out = append(out, b)
	}
	return out, nil
}
