"""The model is asked: its servers, what photos become for it, when it may be asked."""
