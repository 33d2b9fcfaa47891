import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('people', '0001_initial'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedReferent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=150, verbose_name='referent as written')),
                ('stated_on', models.DateField(verbose_name='stated on')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referents', to='people.household', verbose_name='household')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='files.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'named referent',
                'verbose_name_plural': 'named referents',
            },
        ),
        migrations.CreateModel(
            name='SupportMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('avdl', 'AVDL'), ('asll', 'ASLL'), ('iml_gla', 'adapted rental management'), ('ucsa', 'Un chez-soi d’abord'), ('plai_a_support', 'support in a PLAI adapté home'), ('local', 'local support')], max_length=20, verbose_name='scheme')),
                ('intensity', models.CharField(choices=[('none', 'none'), ('light', 'light'), ('medium', 'medium'), ('strong', 'strong'), ('intensive', 'intensive'), ('unknown', 'not known')], max_length=20, verbose_name='intensity')),
                ('state', models.CharField(choices=[('running', 'running'), ('offered', 'offered, free to accept'), ('declined', 'declined by the household'), ('ended', 'ended'), ('cancelled', 'cancelled')], max_length=20, verbose_name='state')),
                ('opened_on', models.DateField(verbose_name='opened on')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='why it ended')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='people.household', verbose_name='household')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='territories.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'support measure',
                'verbose_name_plural': 'support measures',
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('opened_on')), _connector='OR'), name='measure_ends_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='SupportWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intensity', models.CharField(choices=[('none', 'none'), ('light', 'light'), ('medium', 'medium'), ('strong', 'strong'), ('intensive', 'intensive'), ('unknown', 'not known')], max_length=20, verbose_name='support wished')),
                ('stated_on', models.DateField(verbose_name='stated on')),
                ('original_words', models.CharField(blank=True, max_length=200, verbose_name='as written')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_wishes', to='people.household', verbose_name='household')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='files.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'support wish',
                'verbose_name_plural': 'support wishes',
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('first_visit', 'first visit in the home')], max_length=20, verbose_name='task')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='cancelled on')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='people.household', verbose_name='household')),
                ('measure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='support.supportmeasure', verbose_name='support measure')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='territories.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'task',
                'verbose_name_plural': 'tasks',
            },
        ),
    ]
