"""Start of the app: python3 -m bed_planner.server"""

from .layout import error_page, icon
from .page import plan_page
from .web import serve

if __name__ == "__main__":
    serve({"": plan_page, "icon.png": icon}, error_page)
