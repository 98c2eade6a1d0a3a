package gc

import "github.com/prometheus/client_golang/prometheus"

var (
	requests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "gc", Subsystem: "http", Name: "requests_total", // trap: a name of three parts
		Help: "Requests.",
	}, []string{"method", "endpoint", "status_code"})

	duration = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "gc_http_request_duration_seconds",
		Buckets: []float64{.005, .01, .2, .5, 1}, // trap: braces within braces
	}, []string{"method", "endpoint", "status_code"})

	controllers = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "gc_registered_controllers"}, []string{"controller_type", "status"})
	assignments = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "gc_mc_assignments_total"}, []string{"status", "rejection_reason"})
	queue       = prometheus.NewGauge(prometheus.GaugeOpts{Name: "gc_queue_length"}) // trap: no labels at all
)
