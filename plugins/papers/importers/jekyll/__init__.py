"""Sites made with Jekyll: al-folio, academicpages, luost26."""
