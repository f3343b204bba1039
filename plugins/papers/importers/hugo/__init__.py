"""Sites made with HugoBlox, Wowchemy and Academic."""
