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
	pushes    *prometheus.CounterVec
	queued    *prometheus.GaugeVec
	breakers  *prometheus.GaugeVec
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
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "huhuqing", Name: name, Help: help}, labels)
	}
	m.pushes = counter("pushes_total", "What became of pushes, by kind, channel and outcome (waiting: tried again later).", "kind", "channel", "outcome")
	m.queued = gauge("push_queue", "Tasks of pushes in the queue, by lane.", "lane")
	m.breakers = gauge("push_breaker", "1 while sending is stopped for everybody, by what is stopped: all, or one channel.", "scope")
	for _, scope := range []string{"all", "custom", "template", "subscribe"} {
		m.breakers.WithLabelValues(scope).Set(0)
	}
	reg.MustRegister(m.callbacks, m.messages, m.turns, m.running, m.late, m.sends, m.tokens, m.photos, m.pushes, m.queued, m.breakers)
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

// Pushed counts what became of one try of a push.
func (m *Metrics) Pushed(kind, channel, outcome string) {
	m.pushes.WithLabelValues(kind, channel, outcome).Inc()
}

// Queued tells how many tasks of a lane wait or are worked on.
func (m *Metrics) Queued(lane string, n int) { m.queued.WithLabelValues(lane).Set(float64(n)) }

// Broken tells whether sending by scope is stopped.
func (m *Metrics) Broken(scope string, stopped bool) {
	value := 0.0
	if stopped {
		value = 1
	}
	m.breakers.WithLabelValues(scope).Set(value)
}
