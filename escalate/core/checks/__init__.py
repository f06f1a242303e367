"""What can be wrong with a policy beyond its shape, one matter a module; `core.policy_checks` lists every check."""
