"""What the national office's templates can say."""
