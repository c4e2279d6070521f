"""Start of the app: python3 -m sales_forecast.server"""

from .layout import error_page, icon
from .page import forecast_csv, forecast_page
from .web import serve

if __name__ == "__main__":
    serve({"": forecast_page, "forecast.csv": forecast_csv, "icon.png": icon}, error_page)
