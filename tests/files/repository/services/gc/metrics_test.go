package gc

var fake = prometheus.NewCounter(prometheus.CounterOpts{Name: "gc_fake_total"})
