"""Start of the app: python3 -m loan_risk.server"""

from .applicants_page import applicants_page
from .layout import error_page, icon
from .score_page import score_page
from .web import serve

if __name__ == "__main__":
    serve({"": score_page, "applicants": applicants_page, "icon.png": icon}, error_page)
