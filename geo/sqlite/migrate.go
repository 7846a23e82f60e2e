package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
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
	version, err := schemaVersion(ctx, db)
	if err != nil {
		return err
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
	now, err := schemaVersion(ctx, tx)
	if err != nil || now >= version { // another process has taken the step meanwhile
		return err
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)); err != nil {
		return err
	}
	return tx.Commit()
}

// applicationID marks a file as ours: "DTLN".
const applicationID = 0x44544c4e

// schemaVersion is the number of migrations that the file has had, 0 for an
// empty one. A database of another program is refused.
func schemaVersion(ctx context.Context, q querier) (version int, err error) {
	var tables, application int
	err = q.QueryRowContext(ctx, `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`).Scan(&version, &application, &tables)
	if err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	if application != applicationID && (tables > 0 || version > 0 || application != 0) {
		return 0, errors.New("it is a database of another program")
	}
	return version, nil
}
