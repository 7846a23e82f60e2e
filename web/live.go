package web

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"dateline/geo"

	"github.com/labstack/echo/v4"
)

const (
	pollEvery    = 500 * time.Millisecond // how soon a change by another process shows
	clientBuffer = 256                    // changes that a slow client may be behind before it is dropped
	maxClients   = 1000
	heartbeat    = 20 * time.Second // keeps proxies from closing a quiet stream
)

// hub hands the store's changes to the clients of /live. A client that falls
// behind is dropped; it resumes by Last-Event-ID.
type hub struct {
	mu      sync.Mutex
	clients map[chan geo.Change]bool
	closed  bool
	wake    chan struct{}
}

func newHub() *hub {
	return &hub{clients: map[chan geo.Change]bool{}, wake: make(chan struct{}, 1)}
}

// listening is how many pages listen.
func (h *hub) listening() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.clients)
}

// watch polls the store for changes until ctx ends. The first pass only finds
// where the changes stand.
func (h *hub) watch(ctx context.Context, store geo.Store, log *slog.Logger) {
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	seq, err := lastSeq(ctx, store)
	if err != nil {
		log.Error("live changes are off", "error", err)
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-h.wake:
		}
		for change, err := range store.Changes(ctx, seq) {
			if err != nil {
				if ctx.Err() == nil {
					log.Warn("look for changes", "error", err)
				}
				break
			}
			seq = change.Seq
			h.publish(change)
		}
	}
}

func lastSeq(ctx context.Context, store geo.Store) (int64, error) {
	if s, ok := store.(interface {
		LastSeq(context.Context) (int64, error)
	}); ok {
		return s.LastSeq(ctx)
	}
	var seq int64
	for change, err := range store.Changes(ctx, 0) {
		if err != nil {
			return 0, err
		}
		seq = change.Seq
	}
	return seq, nil
}

// changed tells the hub that this process has just changed the store.
func (h *hub) changed() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *hub) publish(change geo.Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for client := range h.clients {
		select {
		case client <- change:
		default:
			delete(h.clients, client)
			close(client)
		}
	}
}

func (h *hub) join() (chan geo.Change, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.clients) >= maxClients {
		return nil, echo.NewHTTPError(http.StatusServiceUnavailable, "too many pages are listening; try again later")
	}
	client := make(chan geo.Change, clientBuffer)
	h.clients[client] = true
	return client, nil
}

func (h *hub) leave(client chan geo.Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.clients[client] {
		delete(h.clients, client)
		close(client)
	}
}

// close ends every stream, so that the server can shut down.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for client := range h.clients {
		delete(h.clients, client)
		close(client)
	}
}

// liveEvent is the data of a server-sent event.
type liveEvent struct {
	Seq      int64      `json:"seq"`
	ID       string     `json:"id"`
	Status   geo.Status `json:"status"`
	Revision int        `json:"revision"`
}

// getLive streams changes as server-sent events: "incident" for one that the
// visitor may see, "gone" for one that left their view.
func (s *Server) getLive(c echo.Context) error {
	v, err := s.visitor(c)
	if err != nil {
		return err
	}
	client, err := s.hub.join()
	if err != nil {
		return err
	}
	defer s.hub.leave(client)
	w := c.Response()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	stream := &liveStream{server: s, visitor: v, w: w}
	if err := stream.resume(c.Request()); err != nil {
		return err
	}
	return stream.run(c.Request().Context(), client)
}

type liveStream struct {
	server  *Server
	visitor visitor
	w       *echo.Response
	sent    int64
}

// resume sends what came after the client's Last-Event-ID.
func (l *liveStream) resume(r *http.Request) error {
	last, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64)
	if err != nil {
		return l.write(": listening\nretry: 2000\n\n")
	}
	for change, err := range l.server.Store.Changes(r.Context(), last) {
		if err != nil {
			return err
		}
		if err := l.send(change); err != nil {
			return err
		}
	}
	return l.write(": up to date\n\n")
}

func (l *liveStream) run(ctx context.Context, client chan geo.Change) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			err = l.write(": still here\n\n")
		case change, open := <-client:
			if !open {
				return nil
			}
			err = l.send(change)
		}
		if err != nil {
			return nil // the client has left
		}
	}
}

func (l *liveStream) send(change geo.Change) error {
	if change.Seq <= l.sent {
		return nil
	}
	l.sent = change.Seq
	i := change.Incident
	event := "incident"
	if !l.server.maySee(l.visitor, &i) {
		if i.Revision <= 1 {
			return nil
		}
		event = "gone"
	}
	data, err := json.Marshal(liveEvent{change.Seq, i.ID, i.Status, i.Revision})
	if err != nil {
		return err
	}
	return l.write(fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", change.Seq, event, data))
}

// write one piece and give the client the usual time for the next.
func (l *liveStream) write(text string) error {
	control := http.NewResponseController(l.w)
	_ = control.SetWriteDeadline(time.Now().Add(writeTimeout)) // a recorder in a test has none
	if _, err := l.w.Write([]byte(text)); err != nil {
		return err
	}
	l.w.Flush()
	return nil
}
