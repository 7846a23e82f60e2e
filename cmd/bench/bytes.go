package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
)

// serveBytes answers files out of memory: the most that net/http can do.
func serveBytes(addr string, files []string) error {
	mux := http.NewServeMux()
	for k, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		mux.HandleFunc(fmt.Sprintf("/%d", k), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/geo+json")
			_, _ = w.Write(data)
		})
	}
	server := http.Server{Addr: addr, Handler: mux, ReadHeaderTimeout: time.Second}
	return server.ListenAndServe()
}
