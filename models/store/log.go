package store

import (
	"context"
	"log/slog"
	"regexp"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// slow is when a statement is worth a line: a card has 4 queries and a reply 4.5 s.
const slow = 300 * time.Millisecond

// gormLog hands gorm's slow statements to slog, text only: values stay out.
// Errors are not logged here; they go up and are logged once.
type gormLog struct {
	log *slog.Logger
	now func() time.Time
}

var _ gorm.ParamsFilter = gormLog{}

// literal is a value inside a statement: Scan and a statement inside another record it filled in, past ParamsFilter
// (gorm 1.31); with double quotes on SQLite. Names stand in backquotes on both.
var literal = regexp.MustCompile(`'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"`)

// more are the rows of an INSERT after the first: they tell nothing new.
var more = regexp.MustCompile(`(?:,\((?:\?,?)+\))+`)

// LogMode keeps the level: slog decides.
func (l gormLog) LogMode(logger.LogLevel) logger.Interface { return l }

// Info drops gorm's chatter.
func (l gormLog) Info(context.Context, string, ...any) {}

// Warn drops gorm's chatter.
func (l gormLog) Warn(context.Context, string, ...any) {}

// Error drops what comes back as an error as well.
func (l gormLog) Error(context.Context, string, ...any) {}

// Trace logs a statement that took long.
func (l gormLog) Trace(ctx context.Context, begin time.Time, fc func() (string, int64), _ error) {
	if dur := l.now().Sub(begin); dur >= slow {
		text, rows := fc()
		text = more.ReplaceAllString(literal.ReplaceAllString(text, "?"), "…")
		l.log.WarnContext(ctx, "slow statement", "comp", "store", "dur", dur, "sql", text, "rows", rows)
	}
}

// ParamsFilter takes the values out of a statement before anybody prints it.
func (l gormLog) ParamsFilter(_ context.Context, text string, _ ...any) (string, []any) {
	return text, nil
}
