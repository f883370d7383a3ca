"""The certificate of a unit and its lifecycle under dynamic management (动态管理): award, rectify, suspend, revoke, cancel, expire."""
