"""The kinds of fact a ledger holds, by what they are about; `core.events` names them all."""
