"""What only an author needs: slips that try the checks of an exercise."""
