"""x"""
import pytest
from tests.factories import *
@pytest.mark.django_db
def test_x(client, sign_in, viewer_for, today):
    m = MembershipFactory(); n=NationalOfficerFactory()
    assert viewer_for(m.user).roles
    sign_in(client, m.user)
    assert m.branch.municipalities.count()==1
