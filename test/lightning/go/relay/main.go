// A relay on the loopback that lets wallets in, and whoever pays only after a login (NIP-42).
package main

import (
	"context"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/fiatjaf/eventstore/slicestore"
	"github.com/fiatjaf/khatru"
	"github.com/nbd-wtf/go-nostr"
)

// NIP-47: the wallet announces itself, hears requests and answers them.
const (
	announcement = 13194
	request      = 23194
	response     = 23195
)

func main() {
	port, err := strconv.Atoi(os.Getenv("RELAY_PORT"))
	if err != nil {
		log.Fatal(err)
	}
	store := slicestore.SliceStore{}
	if err := store.Init(); err != nil {
		log.Fatal(err)
	}
	relay := khatru.NewRelay()
	relay.StoreEvent = append(relay.StoreEvent, store.SaveEvent)
	relay.ReplaceEvent = append(relay.ReplaceEvent, store.ReplaceEvent)
	relay.QueryEvents = append(relay.QueryEvents, store.QueryEvents)
	relay.DeleteEvent = append(relay.DeleteEvent, store.DeleteEvent)
	relay.RejectFilter = append(relay.RejectFilter, func(ctx context.Context, filter nostr.Filter) (bool, string) {
		if slices.Equal(filter.Kinds, []int{request}) {
			return false, ""
		}
		return refuse(ctx)
	})
	relay.RejectEvent = append(relay.RejectEvent, func(ctx context.Context, event *nostr.Event) (bool, string) {
		if event.Kind == announcement || event.Kind == response {
			return false, ""
		}
		return refuse(ctx)
	})
	if err := relay.Start("127.0.0.1", port); err != nil {
		log.Fatal(err)
	}
}

// Members are the keys in a file, one a line, as it is now.
func refuse(ctx context.Context) (bool, string) {
	key := khatru.GetAuthed(ctx)
	if key == "" {
		return true, "auth-required: log in first"
	}
	members, err := os.ReadFile(os.Getenv("RELAY_MEMBERS"))
	if err != nil {
		return true, "error: " + err.Error()
	}
	if slices.Contains(strings.Fields(string(members)), key) {
		return false, ""
	}
	return true, "restricted: members only"
}
