// Alby Hub on the loopback alone; its own main listens everywhere.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os/signal"
	"syscall"

	hub "github.com/getAlby/hub/http"
	"github.com/getAlby/hub/service"
	"github.com/labstack/echo/v4"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	wallet, err := service.NewService(ctx)
	if err != nil {
		log.Fatal(err)
	}
	server := echo.New()
	hub.NewHttpService(wallet, wallet.GetEventPublisher()).RegisterSharedRoutes(server)
	go func() {
		address := "127.0.0.1:" + wallet.GetConfig().GetEnv().Port
		if err := server.Start(address); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-ctx.Done()
	_ = server.Shutdown(context.Background())
	wallet.Shutdown()
}
