package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

func appKey(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}

func TestGitHubAppLogsIn(t *testing.T) {
	want := calm(t)
	key := appKey(t)

	d := newDemoRun(t)
	d.github.Token = secret
	d.env["MONTHLY_APP_ID"], d.env["MONTHLY_APP_INSTALLATION"], d.env["MONTHLY_APP_KEY"] = "1", "2", key
	require.Equal(t, want, d.compile(), "by environment")
	requests := d.github.Requests()
	require.Equal(t, "/app/installations/2/access_tokens", requests[0].Path)
	require.NotEqual(t, secret, requests[0].Token)
	for _, r := range requests[1:] {
		require.Equal(t, secret, r.Token, r.Path)
	}

	d = newDemoRun(t)
	d.github.Token = secret
	file := filepath.Join(d.dir, "app.pem")
	require.NoError(t, os.WriteFile(file, []byte(key), 0o600))
	config := filepath.Join(d.dir, "monthly.yaml")
	require.NoError(t, os.WriteFile(config, []byte("app:\n  id: 1\n  installation: 2\n  key: "+file+"\n"), 0o600))
	d.suffer(once(1, fixtures.Status(502, "Bad Gateway")))
	require.Equal(t, want.stdout, d.compile("--config", config).stdout, "by configuration, in bad weather")
}

func TestGitHubAppThatCannotLogIn(t *testing.T) {
	d := newDemoRun(t)
	d.env["MONTHLY_APP_ID"], d.env["MONTHLY_APP_INSTALLATION"], d.env["MONTHLY_APP_KEY"] = "1", "2", "no key"
	require.Equal(t, result{"", "monthly: the private key of the GitHub App cannot be read: it must be PEM\n", exitUsage}, d.compile())

	d.env["MONTHLY_APP_KEY"] = appKey(t)
	d.suffer(on("/access_tokens", fixtures.Status(404, "Not Found")))
	r := d.compile()
	require.Equal(t, exitFailed, r.code)
	require.Equal(t, "monthly: logging in as the GitHub App 1: GitHub responded with 404 Not Found: check the app's id, installation and key\n", r.stderr)
}
