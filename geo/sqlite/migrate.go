package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migration/*.sql
var migrations embed.FS

// migrate brings the schema up to date, one transaction a step. The number of
// steps that were taken is the file's user_version.
func migrate(ctx context.Context, db *sql.DB) error {
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if version > len(names) {
		return fmt.Errorf("its schema is version %d and this program knows %d: use a newer dateline", version, len(names))
	}
	for k := version; k < len(names); k++ {
		if err := migrateStep(ctx, db, names[k], k+1); err != nil {
			return fmt.Errorf("migration %s: %w", names[k], err)
		}
	}
	return nil
}

func migrateStep(ctx context.Context, db *sql.DB, name string, version int) error {
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var now int // another process may have taken the step meanwhile
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&now); err != nil {
		return err
	}
	if now >= version {
		return nil
	}
	if version == 1 {
		if err := refuseForeign(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
}

// refuseForeign keeps us from writing into a database of another program.
func refuseForeign(ctx context.Context, tx *sql.Tx) error {
	var tables int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 {
		return fmt.Errorf("it is a database of another program")
	}
	return nil
}
