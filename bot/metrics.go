package bot

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics are the edge's series. No label holds anything of a person.
type Metrics struct {
	callbacks *prometheus.CounterVec
	messages  *prometheus.CounterVec
	turns     *prometheus.HistogramVec
	running   prometheus.Gauge
	late      *prometheus.CounterVec
	sends     *prometheus.CounterVec
	tokens    *prometheus.CounterVec
	photos    *prometheus.CounterVec
}

// NewMetrics makes the series and registers them with reg. It panics if they
// are registered already: one process has one edge.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "huhuqing", Name: name, Help: help}, labels)
	}
	m := &Metrics{
		callbacks: counter("callbacks_total", "Requests to the callback, by what became of them.", "result"),
		messages:  counter("messages_total", "Authentic messages and events, by kind.", "kind"),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "huhuqing", Name: "turn_seconds", Help: "Time from a message to its answer, by outcome.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 4.5, 10, 30},
		}, []string{"result"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "huhuqing", Name: "turns_running", Help: "Turns being worked out now."}),
		late:    counter("late_answers_total", "Answers that came too late for the HTTP answer, by delivery.", "result"),
		sends:   counter("sends_total", "Calls to the platform's API, by call and code.", "call", "code"),
		tokens:  counter("token_refreshes_total", "Fetches of the access token, by result.", "result"),
		photos:  counter("photos_total", "Tries to fetch a photo, by what became of it (kept, waiting, lost) and why.", "state", "reason"),
	}
	reg.MustRegister(m.callbacks, m.messages, m.turns, m.running, m.late, m.sends, m.tokens, m.photos)
	return m
}

// Callback counts one request to the callback. Result is of a closed set of
// the caller's: answered, quiet, verified, forbidden_…, unreadable_….
func (m *Metrics) Callback(result string) { m.callbacks.WithLabelValues(result).Inc() }

// Sent counts one call to the platform's API: "template", "0"; "text", "45015".
func (m *Metrics) Sent(call, code string) { m.sends.WithLabelValues(call, code).Inc() }

// TokenRefreshed counts a fetch of the access token: fetched, shared, failed.
func (m *Metrics) TokenRefreshed(result string) { m.tokens.WithLabelValues(result).Inc() }

func (m *Metrics) turned(result string, took time.Duration) {
	m.turns.WithLabelValues(result).Observe(took.Seconds())
}

func (m *Metrics) lateAnswer(result string) { m.late.WithLabelValues(result).Inc() }

// photo counts a try: "kept", ""; "waiting", "retry"; "lost", "expired".
func (m *Metrics) photo(state, reason string) { m.photos.WithLabelValues(state, reason).Inc() }
