"""From a lesson's text to the teacher's notebook, the students' notebook, the checker's cases."""
