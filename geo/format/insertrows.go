package format

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// insertRows writes rows into a table, several by a statement.
type insertRows struct {
	ctx     context.Context
	tx      *sql.Tx
	head    string // INSERT INTO ... VALUES
	columns int
	most    int // rows by a statement
	whole   *sql.Stmt
	args    []any
}

func (r *insertRows) statement(rows int) string {
	row := ", (?" + strings.Repeat(", ?", r.columns-1) + ")"
	return r.head + strings.Repeat(row, rows)[2:]
}

// add a row; it is written with others.
func (r *insertRows) add(values ...any) (err error) {
	if r.args = append(r.args, values...); len(r.args) < r.most*r.columns {
		return nil
	}
	if r.whole == nil {
		if r.whole, err = r.tx.PrepareContext(r.ctx, r.statement(r.most)); err != nil {
			return err
		}
	}
	_, err = r.whole.ExecContext(r.ctx, r.args...)
	r.args = r.args[:0]
	return err
}

// close writes what is left.
func (r *insertRows) close() (err error) {
	if len(r.args) > 0 {
		_, err = r.tx.ExecContext(r.ctx, r.statement(len(r.args)/r.columns), r.args...)
		r.args = nil
	}
	if r.whole != nil {
		err = errors.Join(err, r.whole.Close())
	}
	return err
}
