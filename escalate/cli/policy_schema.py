"""`escalate policy schema`: the JSON Schema of the policy file, for an editor that checks while writing."""

from __future__ import annotations

import json


def command() -> None:
    """The JSON Schema of the policy file. Redirect it to a file, and name that file to your editor.

    In an editor with TOML support, the first line of a policy may be: #:schema ./policy.schema.json
    """
    # Pydantic is imported with the shapes it describes.
    from escalate.files.policies.schema import policy_schema

    print(json.dumps(policy_schema(), ensure_ascii=False, indent=2))
