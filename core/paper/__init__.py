"""Documents to hand out: what every Word document and every PDF of this product has in common."""
