"""The studio's own API, mounted at /studio-api; its OpenAPI document is the contract of the TypeScript types."""
