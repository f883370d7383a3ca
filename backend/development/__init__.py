"""What a development server shows beside the product: the mini-program (小程序) in a browser. Never registered where WeChat is real."""
