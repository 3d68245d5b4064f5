"""The rules of the national office: pure, without Django and without a clock."""
