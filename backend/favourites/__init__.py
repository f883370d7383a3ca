"""Kept units (收藏): a consumer keeps units, sees how they stand today in one list, and is told when that changes."""
