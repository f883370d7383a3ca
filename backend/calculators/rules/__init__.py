"""What the law gives, as pure functions: lines with an article, the calculation in words, and an amount."""
