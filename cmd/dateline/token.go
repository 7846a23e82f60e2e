package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"dateline/geo"
)

type tokenCommand struct {
	Add    tokenAddCommand    `cmd:"" help:"Make a token and print it once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens."`
	Revoke tokenRevokeCommand `cmd:"" help:"Revoke a token and end its sessions."`
}

type tokenAddCommand struct {
	Name string `arg:"" help:"Whose it is."`
}

// Run prints a new token; the store keeps its hash alone.
func (c *tokenAddCommand) Run(a *app) error {
	store, err := a.store()
	if err != nil {
		return err
	}
	secret := rand.Text()
	err = store.AddToken(a.ctx, geo.Token{Name: c.Name, Hash: geo.TextSHA256(secret), Created: time.Now().UTC()})
	if errors.Is(err, geo.ErrConflict) {
		return hinted{fmt.Errorf("token %q: %w", c.Name, err), "revoke it first, or choose another name"}
	}
	if err != nil {
		return fmt.Errorf("add token: %w", err)
	}
	fmt.Fprintln(a.stderr, "Keep it: it is not shown again.")
	fmt.Fprintln(a.stdout, secret)
	return nil
}

type tokenListCommand struct{}

// Run lists names and days; secrets are not kept.
func (c *tokenListCommand) Run(a *app) error {
	store, err := a.store()
	if err != nil {
		return err
	}
	tokens, err := store.Tokens(a.ctx)
	if err != nil {
		return fmt.Errorf("list tokens: %w", err)
	}
	for _, t := range tokens {
		state := "in use"
		if !t.Revoked.IsZero() {
			state = "revoked " + t.Revoked.Format(time.DateOnly)
		}
		fmt.Fprintf(a.stdout, "%s\tmade %s\t%s\n", t.Name, t.Created.Format(time.DateOnly), state)
	}
	return nil
}

type tokenRevokeCommand struct {
	Name string `arg:"" help:"Whose it is."`
}

// Run ends a token and every session that it opened.
func (c *tokenRevokeCommand) Run(a *app) error {
	store, err := a.store()
	if err != nil {
		return err
	}
	if err := store.RevokeToken(a.ctx, c.Name); err != nil {
		return fmt.Errorf("revoke token %q: %w", c.Name, err)
	}
	fmt.Fprintf(a.stdout, "token %q revoked\n", c.Name)
	return nil
}
