"""Writing reminders, mails and preferences: nobody else does."""
