"""Policy Ledger: official policy documents as checked data, Markdown pages and open data."""
