package render

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/invopop/jsonschema"
	"github.com/stretchr/testify/require"
)

var updateSchema = flag.Bool("update", false, "write the schema of the JSON form before it is compared")

// The schema that is published is that of the JSON form as it is written.
func TestSchema(t *testing.T) {
	reflector := jsonschema.Reflector{DoNotReference: false, Anonymous: true}
	got, err := json.MarshalIndent(reflector.Reflect(&jsonReport{}), "", " ")
	require.NoError(t, err)
	if *updateSchema {
		require.NoError(t, os.WriteFile("report.schema.json", append(got, '\n'), 0o644))
	}
	want, err := os.ReadFile("report.schema.json")
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got))
}
